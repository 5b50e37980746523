import { useId, type ReactNode } from 'react';
import './radios.css';

type Props<V extends string> = {
  label: string;
  hint?: ReactNode;
  value: V;
  options: readonly { value: V; label: string; hint?: ReactNode }[];
  onValue: (value: V) => void;
};

/** One of a few, each with a sentence that explains it. */
export function Radios<V extends string>({ label, hint, value, options, onValue }: Props<V>) {
  const id = useId();
  return (
    <fieldset className="radios">
      <legend className="field-label">{label}</legend>
      {hint ? <p className="field-note">{hint}</p> : null}
      {options.map((option) => (
        <label key={option.value} className="radio">
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
            onChange={() => onValue(option.value)}
          />
          <span>
            {option.label}
            {option.hint ? (
              <span id={`${id}-${option.value}`} className="field-note">
                {option.hint}
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
