import { clearCommand } from './clear.ts';
import { type Command, EXIT } from './command.ts';
import { type Context, openContext } from './context.ts';
import { doctorCommand } from './doctor.ts';
import { HELP } from './help.ts';
import { inspectCommand, tagsCommand } from './inspect.ts';
import { invalidateCommand } from './invalidate.ts';
import { healthCommand, metricsCommand, statsCommand } from './measure.ts';
import { monitorCommand } from './monitor.ts';
import { parseCommandLine } from './options.ts';
import { createOutput } from './output.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  health: healthCommand,
  metrics: metricsCommand,
  stats: statsCommand,
  tags: tagsCommand,
  inspect: inspectCommand,
  invalidate: invalidateCommand,
  clear: clearCommand,
  monitor: monitorCommand,
  doctor: doctorCommand,
};

/** Those tell themselves what is wrong when Redis is away. */
const WITHOUT_REDIS = new Set(['health', 'doctor']);

export async function runCommandLine(
  argv: readonly string[],
  write: (text: string) => void = (text) => void process.stdout.write(text),
  complain: (text: string) => void = (text) => void process.stderr.write(text),
): Promise<number> {
  let context: Context | null = null;
  try {
    const options = parseCommandLine(argv);
    const command = Object.hasOwn(COMMANDS, options.command) ? COMMANDS[options.command] : undefined;
    if (command === undefined) {
      const help = options.command === 'help';
      (help ? write : complain)(help ? HELP : `There is no command "${options.command}".\n\n${HELP}`);
      return help ? EXIT.ok : EXIT.usage;
    }
    context = await openContext();
    if (!context.connected && !WITHOUT_REDIS.has(options.command)) {
      complain(`${context.pool.health().reason}\n`);
      return EXIT.unreachable;
    }
    return await command(context, options, createOutput(options.json, write));
  } catch (error) {
    complain(`${error instanceof Error ? error.message : 'It did not work.'}\n`);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code.startsWith('ERR_REDIS') ? EXIT.unreachable : EXIT.usage;
  } finally {
    await context?.close();
  }
}
