#!/usr/bin/env bash
# Makes an authority for the nodes of one cluster, and a certificate of it for each node, in docker/certificates.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 077
mkdir -p certificates
cd certificates
[ -f authority.pem ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
  -subj "/CN=Nodes of this cluster" -keyout authority.key -out authority.pem
for node in "${@:-n1 n2 n3}"; do
  for name in $node; do
    [ -f "$name.pem" ] && continue
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
    openssl x509 -req -in "$name.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 825 \
      -extfile <(printf 'subjectAltName=DNS:%s' "$name") -out "$name.pem"
    rm "$name.csr"
    chmod 644 "$name.key"
  done
done
chmod 755 .
chmod 644 ./*.pem # the image's user reads these, and the nodes' keys; the authority's stays the caller's own
