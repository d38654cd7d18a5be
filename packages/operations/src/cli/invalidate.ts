import { parseInvalidationRequest } from '../invalidation-request.ts';
import { type Command, EXIT } from './command.ts';

export const invalidateCommand: Command = async ({ operations, who }, options, output) => {
  const parsed = parseInvalidationRequest({
    tags: options.tag,
    paths: options.path,
    kinds: options.kind,
    wait: options.wait,
  });
  if (!parsed.ok) throw new TypeError(parsed.problems.join('\n'));
  const answer = await operations.invalidate(parsed.request, who);
  output.show(answer, () => [
    answer.position === null ? 'not recorded: Redis did not take it' : `recorded at ${answer.position}`,
    ...(answer.applied === undefined
      ? []
      : [
          answer.applied.applied
            ? `applied by all ${answer.applied.processes} processes`
            : `not yet applied by ${answer.applied.waitingFor.join(', ')}`,
        ]),
  ]);
  return answer.pending || answer.applied?.applied === false ? EXIT.unhealthy : EXIT.ok;
};
