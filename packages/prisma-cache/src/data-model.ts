/** What the client knows of the schema: Prisma's `_runtimeDataModel`. */
export interface DataModel {
  readonly models: Readonly<Record<string, Model>>;
}

interface Model {
  readonly dbName: string | null;
  readonly fields: readonly Field[];
}

interface Field {
  readonly name: string;
  /** `scalar`, `enum`, `object` for relations, `unsupported`. */
  readonly kind: string;
  readonly type: string;
  readonly relationName?: string | null;
  readonly dbName?: string | null;
}

export function isDataModel(value: unknown): value is DataModel {
  if (typeof value !== 'object' || value === null || !('models' in value)) return false;
  const { models } = value;
  return typeof models === 'object' && models !== null && Object.values(models).every(isModel);
}

function isModel(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('fields' in value)) return false;
  return (
    Array.isArray(value.fields) &&
    value.fields.every((field) => typeof field?.name === 'string' && typeof field?.kind === 'string')
  );
}
