"""Documents to Passages: chunking, embedding, the catalog, the vectors, ingestion."""
