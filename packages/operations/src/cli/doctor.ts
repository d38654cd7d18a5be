import { examine } from '../doctor.ts';
import { type Command, EXIT } from './command.ts';
import { table } from './output.ts';

const MARKS = { ok: '✓', advice: '!', problem: '✗' };

export const doctorCommand: Command = async (context, _options, output) => {
  const findings = await examine(context);
  output.show(findings, () => [
    ...table(
      ['', 'check', 'found'],
      findings.map(({ level, check, found }) => [MARKS[level], check, found]),
    ),
    ...findings.filter(({ cure }) => cure !== null).flatMap(({ check, cure }) => ['', `${check}: ${cure}`]),
  ]);
  return findings.some(({ level }) => level === 'problem') ? EXIT.unhealthy : EXIT.ok;
};
