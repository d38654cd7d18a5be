import { z } from 'zod';
import { operations } from '../operations.ts';

const text = z
  .string()
  .trim()
  .max(500)
  .transform((value) => value || undefined)
  .optional();
const schema = z.strictObject({ id: text, kind: text, text, tag: text });

/** One entry by its `id`, or those that match `kind`, `text` (part of the key) and `tag`. */
export async function findEntries(request: Request): Promise<Response> {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return Response.json({ error: 'The request is wrong.', problems }, { status: 400 });
  }
  const { inspection } = operations();
  const { id, ...rest } = parsed.data;
  if (id !== undefined) {
    const entry = await inspection.entry(id);
    return Response.json({ entry }, { status: entry === null ? 404 : 200 });
  }
  const search = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return Response.json(await inspection.find({ ...search, limit: 50 }));
}
