package dev.sextant.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedBucketsTest {

    /** 100, 150, 225, 337.5 µs. */
    @ParameterizedTest
    @CsvSource({"0,0", "100,0", "101,1", "150,1", "151,2", "225,2", "226,3", "9223372036854775807,31"})
    void holdsWhatTookUpToItsBound(long micros, int bucket) {
        assertThat(ElapsedBuckets.bucket(micros)).isEqualTo(bucket);
    }

    @Test
    void tellsTheBoundBelowWhichTheShareLies() {
        Long[] counts = new Long[ElapsedBuckets.COUNT];
        Arrays.fill(counts, 0L);
        assertThat(ElapsedBuckets.quantileMillis(counts, 0.99)).isZero();
        counts[1] = 99L;
        counts[3] = 1L;

        assertThat(ElapsedBuckets.quantileMillis(counts, 0.99)).isEqualTo(0.15);
        assertThat(ElapsedBuckets.quantileMillis(counts, 0.995)).isEqualTo(0.34);
    }
}
