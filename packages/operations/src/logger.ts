import { type DestinationStream, type Logger, pino } from 'pino';
import { scrub } from './scrub.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Lines for people instead of JSON. Default false. */
  readonly readable?: boolean;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

const SECRET_FIELDS = [
  'password',
  'passwordHash',
  'secret',
  'token',
  'sessionToken',
  'authorization',
  'cookie',
  'set-cookie',
  'email',
  'apiKey',
];

/**
 * The log of a process: one JSON object a line. Secrets are taken out twice, by the names of fields and by what texts
 * look like. An error becomes its name, code and first line: drivers put settings and arguments on theirs.
 */
export function createLogger({ level = 'info', readable = false, destination }: LoggerOptions = {}): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => {
    const name = field.includes('-') ? `["${field}"]` : field;
    const below = field.includes('-') ? name : `.${name}`;
    return [name, `*${below}`, `*.*${below}`];
  });
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: scrubFields },
      redact: { paths, censor: '[redacted]' },
      serializers: { err: describeError, error: describeError },
      hooks: {
        logMethod(args, method) {
          const clean = args.map((value: unknown) => (typeof value === 'string' ? scrub(value) : value));
          method.apply(this, clean as Parameters<typeof method>);
        },
      },
    },
    readable ? readableTo(destination ?? standardOutput) : (destination ?? standardOutput),
  );
}

/** Not the descriptor behind it: a process manager takes what goes through the stream, and only that, into its files. */
const standardOutput: DestinationStream = { write: (line) => void process.stdout.write(line) };

/** Texts at the top; what lies deeper is found by its name. */
function scrubFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]),
  );
}

export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? scrub(error) : 'an unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, message: scrub(error.message.trim().split('\n', 1)[0] ?? '') };
}

/** `12:00:01 warn  message  field=value`, for a terminal. */
function readableTo(destination: Pick<DestinationStream, 'write'>): DestinationStream {
  return {
    write(line) {
      const { level, time, pid: _, msg = '', ...fields } = JSON.parse(line) as Record<string, unknown>;
      const rest = Object.entries(fields).map(([name, value]) => `  ${name}=${textOf(value)}`);
      destination.write(
        `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${rest.join('')}\n`,
      );
    },
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
