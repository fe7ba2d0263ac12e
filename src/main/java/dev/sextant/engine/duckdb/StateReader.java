package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;

/** Looks how far a dataset is. */
record StateReader(String dataset) implements Reading.Work<DatasetState> {

    @Override
    public DatasetState read(TenantFile file, Reading<DatasetState> reading) {
        return file.state(dataset);
    }

    @Override
    public DatasetState absent() {
        return DatasetState.EMPTY;
    }
}
