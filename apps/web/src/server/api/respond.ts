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
  parameters?: ApiError['parameters'],
): Response {
  const error: ApiError = { code, message, ...(parameters && { parameters }) };
  return Response.json({ error }, { status });
}
