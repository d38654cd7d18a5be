import type { Context } from './context.ts';
import type { CommandLine } from './options.ts';
import type { Output } from './output.ts';

/** What scripts can tell from the exit code. */
export const EXIT = { ok: 0, unhealthy: 1, usage: 2, unreachable: 3 } as const;

/** @returns the exit code */
export type Command = (context: Context, options: CommandLine, output: Output) => Promise<number>;
