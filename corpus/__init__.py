"""Files to Documents: readers for articles and transcripts, dates, periods, places, sentences."""
