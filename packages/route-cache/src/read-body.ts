export interface ReadBodyOptions {
  readonly maxBytes: number;
  /** What is not complete by then is not stored. */
  readonly deadlineMs: number;
  /** Do not stream before the cap or the deadline is reached. Default false. */
  readonly patient?: boolean;
  /**
   * Offers the rest of the body, with what has been read of it, as a stream, once, when it is not there at once or is
   * not going to be stored. False: nobody wants it.
   */
  onStream(stream: ReadableStream<Uint8Array>): boolean;
}

type Body = ReadableStream<Uint8Array>;
type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Reading = ReturnType<Reader['read']>;

/**
 * Reads a body to its end for the store, and streams it to the client meanwhile. Null when it is too large or too slow
 * for the store: the client gets it all the same, at its own pace. Rejects when the body does, if nothing was streamed.
 */
export async function readBody(body: Body | null, options: ReadBodyOptions): Promise<Buffer | null> {
  if (body === null) return Buffer.alloc(0);
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let client: Client | undefined;
  const toClient = () => {
    client ??= createClient(reader, chunks, options.onStream);
    return client;
  };
  const deadline = timeout(options.deadlineMs);
  try {
    for (;;) {
      const reading = reader.read();
      if (client === undefined && !options.patient && !(await isPrompt(reading))) toClient();
      const next = await Promise.race([reading, deadline.passed]);
      if (next === 'passed') {
        toClient().takeOver(reading);
        return null;
      }
      if (next.done) {
        client?.close();
        return Buffer.concat(chunks);
      }
      bytes += next.value.byteLength;
      client?.push(next.value);
      chunks.push(next.value);
      if (bytes > options.maxBytes) {
        toClient().takeOver();
        return null;
      }
    }
  } catch (error) {
    client?.fail(error);
    throw error;
  } finally {
    deadline.clear();
    // The client's stream, which may last, has its own.
    chunks.length = 0;
  }
}

interface Client {
  push(chunk: Uint8Array): void;
  close(): void;
  fail(error: unknown): void;
  /** From here on the client alone decides how fast the body is read, and whether. */
  takeOver(reading?: Reading): void;
}

function createClient(
  reader: Reader,
  read: readonly Uint8Array[],
  offer: ReadBodyOptions['onStream'],
): Client {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let gone = false;
  let alone = false;
  let early: Reading | undefined;
  let wake = () => {};

  const stream = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
      for (const chunk of read) own.enqueue(chunk);
    },
    async pull(own) {
      if (!alone) await new Promise<void>((resolve) => (wake = resolve));
      if (!alone) return;
      const { done, value } = await (early ?? reader.read());
      early = undefined;
      if (done) own.close();
      else own.enqueue(value);
    },
    async cancel(reason) {
      gone = true;
      wake();
      if (alone) await reader.cancel(reason);
    },
  });

  function leave() {
    gone = true;
    if (alone) reader.cancel().catch(() => {});
  }
  if (!offer(stream)) leave();

  return {
    push(chunk) {
      if (gone) return;
      controller?.enqueue(chunk);
      wake();
    },
    close() {
      if (!gone) controller?.close();
      gone = true;
      wake();
    },
    fail(error) {
      if (!gone) controller?.error(error);
      gone = true;
      wake();
    },
    takeOver(reading) {
      alone = true;
      early = reading;
      if (gone) leave();
      wake();
    },
  };
}

/** Whether a read is over before the event loop has turned: the body was in memory already. */
async function isPrompt(reading: Promise<unknown>): Promise<boolean> {
  let prompt = false;
  const settled = reading.then(
    () => {
      prompt = true;
    },
    () => {
      prompt = true;
    },
  );
  await Promise.race([settled, new Promise((resolve) => setImmediate(resolve))]);
  return prompt;
}

function timeout(ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'passed'>((resolve) => {
    timer = setTimeout(() => resolve('passed'), ms);
  });
  return { passed, clear: () => clearTimeout(timer) };
}
