import type { Asked } from './asked.ts';
import type { ResolvedOptions } from './options.ts';

/** Runs the wrapped handler for a request: the client's own, or one that stands for everybody's. */
export type Run = (request: Request) => Promise<Response>;

/** One client's wish for a response, which may lead to a run of the handler. */
export interface Call {
  readonly asked: Asked;
  readonly options: ResolvedOptions;
  readonly run: Run;
  /** Resolves if the client is to be answered while the body is still read. */
  readonly streamed: Promise<Response>;
  /** Answers the client so. False: it has been answered, or nobody waits for what is computed. */
  stream(response: Response): boolean;
  /** The client has its answer. A stream that came too late for it is given up. */
  end(answer: 'streamed' | 'whole'): void;
  /** Whether the handler was to run for this call. */
  ran: boolean;
  /** The handler's status where it is not that of the outcome. */
  handlerStatus?: number;
}

export function createCall(asked: Asked, options: ResolvedOptions, run: Run): Call {
  let waiting = true;
  let offered: Response | undefined;
  let deliver = (_: Response) => {};
  const streamed = new Promise<Response>((resolve) => {
    deliver = resolve;
  });
  return {
    asked,
    options,
    run,
    streamed,
    stream(response) {
      if (!waiting) return false;
      offered = response;
      deliver(response);
      return true;
    },
    end(answer) {
      waiting = false;
      if (answer === 'whole') offered?.body?.cancel().catch(() => {});
    },
    ran: false,
  };
}
