import { useState, type ReactNode } from 'react';
import { Field, TextInput } from './Field.tsx';
import { wholeNumber } from './wholeNumber.ts';
import './number.css';

type NumberProps = {
  label: string;
  hint?: ReactNode;
  hideLabel?: boolean | undefined;
  value: number;
  least: number;
  most: number;
  /** What is said of anything else. */
  fault: string;
  onValue: (value: number) => void;
};

/** A whole number, taken when one leaves the box or presses Enter; anything else says what is wrong and changes nothing. */
export function NumberField({ label, hint, hideLabel, value, least, most, fault, onValue }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const number = typed === null ? value : wholeNumber(typed, least, most);
  const take = () => {
    if (number === null) return;
    setTyped(null);
    if (number !== value) onValue(number);
  };
  return (
    <Field label={label} hint={hint} hideLabel={hideLabel} error={number === null ? fault : null}>
      {(control) => (
        <TextInput
          {...control}
          className="number-input"
          inputMode="numeric"
          value={typed ?? String(value)}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
