/** Where a command writes, and whether for people or for machines. */
export interface Output {
  readonly json: boolean;
  /** One result of a command: JSON as it is, or the lines for people. */
  show(value: unknown, lines: () => readonly string[]): void;
  line(text: string): void;
}

export function createOutput(json: boolean, write: (text: string) => void): Output {
  return {
    json,
    show(value, lines) {
      write(json ? `${JSON.stringify(value, replaceBigint)}\n` : `${lines().join('\n')}\n`);
    },
    line: (text) => write(`${text}\n`),
  };
}

const replaceBigint = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** Columns as wide as they need to be; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map(String));
  const widths = head.map((title, i) => Math.max(title.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const isNumber = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...texts.map(line)];
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), units.length - 1);
  return `${(count / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

export const percent = (part: number | null): string =>
  part === null ? '–' : `${(part * 100).toFixed(1)} %`;

export function duration(ms: number): string {
  if (ms < 1_000) return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
