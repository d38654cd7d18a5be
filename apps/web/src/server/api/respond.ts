const tagsOfResponses = new WeakMap<Response, readonly string[]>();

/** JSON whose contents depend on what these tags stand for. */
export function jsonResponse(body: unknown, tags: readonly string[], status = 200): Response {
  const response = Response.json(body, { status });
  tagsOfResponses.set(response, tags);
  return response;
}

export interface ApiError {
  /** For programs. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** What is wrong with which parameter. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export function errorResponse(
  status: number,
  code: string,
  message: string,
  more: { readonly tags?: readonly string[]; readonly parameters?: ApiError['parameters'] } = {},
): Response {
  const error: ApiError = { code, message, ...(more.parameters && { parameters: more.parameters }) };
  return jsonResponse({ error }, more.tags ?? [], status);
}

/** For the option `tags` of a cached route. */
export const responseTags = (_request: Request, response: Response): readonly string[] =>
  tagsOfResponses.get(response) ?? [];
