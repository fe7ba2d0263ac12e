package dev.sextant.authz;

import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.PolicyDocument;
import dev.sextant.authz.policy.PolicyDocument.FieldMask;
import dev.sextant.authz.policy.Resources;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.KeptBack;
import java.util.List;
import java.util.Locale;

/**
 * Whether a policy fits the datasets it speaks of, as far as there are any now. A dataset that comes later is not asked: there
 * a rule that does not fit takes away. Pure.
 */
record PolicyFit(PolicyDocument document, List<Dataset> datasets) {

    private static final String DATASETS = "dataset/";

    /** @throws ProblemException {@code Unprocessable} with the place of what does not fit */
    void check() {
        PolicyDocument.Columns columns = document.columns();
        if (document.rows() != null || columns != null || document.measures() != null) {
            requireDatasets();
        }
        for (Dataset dataset : datasets) {
            String resource = Resources.dataset(dataset.name());
            if (document.resources().stream().anyMatch(pattern -> Resources.matches(pattern, resource))) {
                check(dataset, document.resources().contains(resource));
            }
        }
    }

    private void requireDatasets() {
        for (int i = 0; i < document.resources().size(); i++) {
            if (!document.resources().get(i).startsWith(DATASETS)) {
                throw refused("/resources/" + i, "Rows, columns and measures are of datasets: name dataset/….");
            }
        }
    }

    private void check(Dataset dataset, boolean isNamed) {
        KeptBack fields = new KeptBack(dataset.model());
        if (document.rows() != null) {
            fields.requireFilter(document.rows(), "/rows");
        }
        PolicyDocument.Columns columns = document.columns();
        if (columns != null) {
            for (int i = 0; i < columns.hidden().size(); i++) {
                fields.require(columns.hidden().get(i), "/columns/hide/" + i, isNamed);
            }
            for (int i = 0; i < columns.masked().size(); i++) {
                check(columns.masked().get(i), "/columns/mask/" + i, fields, isNamed);
            }
        }
        if (document.measures() != null && isNamed) {
            List<String> denied = document.measures().deny();
            for (int i = 0; i < denied.size(); i++) {
                fields.requireMeasure(denied.get(i), "/measures/deny/" + i);
            }
        }
    }

    private static void check(FieldMask mask, String pointer, KeptBack fields, boolean isNamed) {
        fields.require(mask.field(), pointer + "/field", isNamed);
        if (mask.with() != Mask.NULL && isNamed && !fields.isText(mask.field())) {
            throw refused(
                    pointer + "/with",
                    "Field '%s' holds no texts of its own: it can be masked with null only, not with %s."
                            .formatted(mask.field(), mask.with().name().toLowerCase(Locale.ROOT)));
        }
    }

    static ProblemException refused(String pointer, String detail) {
        return new ProblemException(Unprocessable.at(pointer, Reason.INVALID_QUERY, detail));
    }
}
