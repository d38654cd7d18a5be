import { parseInvalidationRequest } from '@tbi/operations';

const maxBytes = 100_000;

/** The body of a request to invalidate, or the answer that says what is wrong with it. */
export async function readInvalidation(request: Request) {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLong();
  const text = await request.text();
  if (text.length > maxBytes) return tooLong();
  const parsed = parseInvalidationRequest(parseJson(text));
  if (parsed.ok) return parsed;
  return {
    ok: false as const,
    response: Response.json({ error: 'The request is wrong.', problems: parsed.problems }, { status: 400 }),
  };
}

function tooLong() {
  const error = `The request is longer than ${maxBytes} bytes.`;
  return { ok: false as const, response: Response.json({ error, problems: [error] }, { status: 400 }) };
}

/** Undefined for what is no JSON, which no request is either. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
