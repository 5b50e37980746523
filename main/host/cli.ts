/** The command line: the same assistant without a window. `npm run engram -- --help` */
import { createInterface } from 'node:readline/promises';
import { text as readAll } from 'node:stream/consumers';
import { appVersion } from './appVersion.ts';
import { runCli } from './cli/run.ts';
import { serveCommand } from './cli/serveCommand.ts';
import type { Terminal } from './cli/terminal.ts';

const stopping = new AbortController();
// The first Ctrl-C stops the answer and closes well; a second one ends at once.
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());
// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  say: (text) => void process.stderr.write(text),
  readInput: () => readAll(process.stdin),
  interactive: process.stdin.isTTY,
  // https://no-color.org
  styled: process.stdout.isTTY && !process.env.NO_COLOR,
  redraws: process.stderr.isTTY,
  async ask(question) {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question, { signal: stopping.signal });
    } finally {
      lines.close();
    }
  },
  signal: stopping.signal,
};

process.exitCode = await runCli(process.argv.slice(2), { terminal, version: appVersion(), serve: serveCommand });
