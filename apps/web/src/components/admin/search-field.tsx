interface SearchFieldProps {
  id: string;
  label: string;
  value: string;
  placeholder?: string;
}

/** Words to search for, `q` in the address, with a label. */
export function SearchField({ id, label, value, placeholder }: SearchFieldProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="search"
        name="q"
        maxLength={80}
        autoComplete="off"
        defaultValue={value}
        placeholder={placeholder}
        className="field"
      />
    </div>
  );
}
