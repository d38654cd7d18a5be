// The suite has no types; these are of what is used here.
interface SuiteTest {
  readonly id: string;
  readonly name: string;
  /** Default `required`. */
  readonly kind?: 'required' | 'optimal' | 'check';
  readonly browser_only?: boolean;
  readonly depends_on?: readonly string[];
}

interface Suite {
  readonly id: string;
  readonly tests: readonly SuiteTest[];
}

declare module 'http-cache-tests/tests/index.mjs' {
  const suites: readonly Suite[];
  export default suites;
}

declare module 'http-cache-tests/client/runner.mjs' {
  export function runTests(
    suites: readonly Suite[],
    fetch: (url: string, init: RequestInit) => Promise<Response>,
    browserCache: boolean,
    baseUrl: string,
    testsAtOnce: number,
  ): Promise<void>;
  export function getResults(): Record<string, true | readonly [kind: string, message: string]>;
}

declare module 'http-cache-tests/server/handle-config.mjs' {
  const handle: SuiteHandler;
  export default handle;
}

declare module 'http-cache-tests/server/handle-state.mjs' {
  const handle: SuiteHandler;
  export default handle;
}

declare module 'http-cache-tests/server/handle-test.mjs' {
  const handle: SuiteHandler;
  export default handle;
}

type SuiteHandler = (
  path: readonly string[],
  request: import('node:http').IncomingMessage,
  response: import('node:http').ServerResponse,
) => void;
