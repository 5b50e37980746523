/** Lance warns on stderr of every table it makes. It reads this once, when it is loaded: import this before it. */
process.env.LANCEDB_LOG ??= 'error';
