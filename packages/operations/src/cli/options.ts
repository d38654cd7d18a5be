import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly json: boolean;
  readonly yes: boolean;
  readonly watch: boolean;
  readonly wait: boolean;
  readonly tag: readonly string[];
  readonly path: readonly string[];
  readonly kind: readonly string[];
  readonly text: string | undefined;
  /** Null: not given. */
  readonly limit: number | null;
}

/** @throws {TypeError} for options that do not exist, with what to type instead */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      watch: { type: 'boolean', short: 'w', default: false },
      wait: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      tag: { type: 'string', multiple: true, default: [] },
      path: { type: 'string', multiple: true, default: [] },
      kind: { type: 'string', multiple: true, default: [] },
      text: { type: 'string' },
      limit: { type: 'string' },
    },
  });
  const [command = 'help', ...args] = positionals;
  const limit = values.limit === undefined ? null : Number(values.limit);
  if (limit !== null && (!Number.isInteger(limit) || limit < 1 || limit > 10_000)) {
    throw new TypeError('--limit takes a whole number from 1 to 10000');
  }
  const { help, ...rest } = values;
  return { ...rest, text: values.text, limit, command: help ? 'help' : command, args };
}
