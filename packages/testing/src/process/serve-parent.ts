export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly result?: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly code?: unknown } };

/** The methods of a forked file. Arguments come from JSON: the file knows what its test sends. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** In a file run by `forkNode`: answers the calls of the test, and ends when the test's process is gone. */
export function serveParent(methods: Methods): void {
  if (process.send === undefined) throw new Error('this file is run by forkNode');
  const answer = (message: Answer | 'ready') => process.send?.(message);
  process.on('message', (call: Call) => {
    void respond(methods, call).then(answer);
  });
  process.once('disconnect', () => process.exit());
  answer('ready');
}

async function respond(methods: Methods, { id, method, args }: Call): Promise<Answer> {
  try {
    const run = methods[method];
    if (run === undefined) throw new Error(`no method ${method}`);
    return { id, result: await run(...(args as never[])) };
  } catch (error) {
    return { id, error: describe(error) };
  }
}

function describe(error: unknown): { message: string; code?: unknown } {
  if (!(error instanceof Error)) return { message: String(error) };
  return 'code' in error ? { message: error.message, code: error.code } : { message: error.message };
}
