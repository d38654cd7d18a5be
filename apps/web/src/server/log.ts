/** One line about an error: its name, code and first line. Not the object: drivers put settings and arguments on theirs. */
export function logError(what: string, error: unknown): void {
  console.error(`${what}: ${describeError(error)}`);
}

export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}: ${error.message.trim().split('\n', 1)[0]}`;
}
