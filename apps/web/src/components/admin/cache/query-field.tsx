import { useId } from 'react';

interface QueryFieldProps {
  readonly name: string;
  readonly label: string;
  readonly example: string;
}

/** A field that may stay empty, with an example of what it takes. */
export function QueryField({ name, label, example }: QueryFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input id={id} name={name} className="field" placeholder={example} autoComplete="off" />
    </div>
  );
}
