interface SelectFieldProps {
  id: string;
  name: string;
  label: string;
  /** The value that is chosen; empty for the first option. */
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
}

/** A choice with its label. */
export function SelectField({ id, name, label, value, options }: SelectFieldProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select id={id} name={name} defaultValue={value} className="field">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
