-- SQLite has always compared text byte by byte.
SELECT 1;
