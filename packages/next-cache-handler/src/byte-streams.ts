/**
 * Everything that a stream delivers, in memory of its own.
 * Rejects when the stream errors, also midway: half a value is no value.
 */
export async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A fresh stream over bytes that other streams show too. Its reader gets a copy, made when it is asked for: an app may
 * write into the array that a `'use cache'` function returned, which is this one (16 MiB are copied in some 3 ms).
 */
export function streamOf(bytes: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
