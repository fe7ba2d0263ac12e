-- For wrk: posts one body with one API key. Where the body holds %N%, each request gets a number there that no other has.
-- At the end it prints one line: RESULT and a JSON object.
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer " .. os.getenv("PERF_KEY")
wrk.body = os.getenv("PERF_BODY")

if wrk.body:find("%N%", 1, true) then
  local number = tonumber(os.getenv("PERF_NUMBERS_FROM"))
  local before, after = wrk.body:match("^(.*)%%N%%(.*)$")
  request = function()
    number = number + 1
    return wrk.format(nil, nil, nil, before .. number .. after)
  end
end

done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"micros":%d,"p50_micros":%d,"p99_micros":%d,"errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
