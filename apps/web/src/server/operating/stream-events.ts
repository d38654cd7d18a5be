import { onDraining } from '../../serve/ending.ts';
import { operations } from '../operations.ts';

/** Then the browser connects again, and has to show again who it is. */
const LIFE_MS = 300_000;

/** Server-sent events for the dashboard: the history once, then a sample every two seconds with what is new. */
export async function streamEvents(request: Request): Promise<Response> {
  const encoder = new TextEncoder();
  let stop = () => {};
  let forget = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let closed = false;
      const send = (event: string, data: unknown) => {
        if (!closed) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      };
      const sendOverview = async () => send('overview', await operations().overview());
      send('history', operations().history());
      void sendOverview();
      const unsubscribe = operations().onSample((sample) => {
        send('sample', sample);
        void sendOverview();
      });
      stop = () => {
        if (closed) return;
        closed = true;
        unsubscribe();
        clearTimeout(timer);
        forget();
        controller.close();
      };
      const timer = setTimeout(() => stop(), LIFE_MS);
      request.signal.addEventListener('abort', () => stop());
      // A process that ends waits for what it still answers.
      forget = onDraining(() => stop());
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    // Proxies must hand on each event as it comes.
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}
