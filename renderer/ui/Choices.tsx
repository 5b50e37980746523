import { Slider as RadixSlider, Switch as RadixSwitch, Tabs as RadixTabs, ToggleGroup } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { Count } from './States.tsx';
import './choices.css';

type SwitchProps = { label: string; hint?: ReactNode; checked: boolean; disabled?: boolean | undefined; onChecked: (checked: boolean) => void };

/** On or off, at once: label and hint on the left, the switch on the right. */
export function Switch({ label, hint, checked, disabled, onChecked }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-row">
      <div className="grow">
        <label htmlFor={id} className="field-label">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="field-note">
            {hint}
          </p>
        ) : null}
      </div>
      <RadixSwitch.Root
        id={id}
        className="switch"
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={onChecked}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <RadixSwitch.Thumb className="switch-thumb" />
      </RadixSwitch.Root>
    </div>
  );
}

type SliderProps = {
  label: string;
  hint?: ReactNode;
  value: number;
  min: number;
  max: number;
  step: number;
  /** What the number means, for eyes and for screen readers: "110%", "0.7". */
  show: (value: number) => string;
  disabled?: boolean | undefined;
  onValue: (value: number) => void;
  /** When the hand lets go: the time to save. */
  onCommit?: ((value: number) => void) | undefined;
};

/** A number on a line, with its value in words beside the label. */
export function Slider({ label, hint, value, show, onValue, onCommit, disabled, ...range }: SliderProps) {
  const id = useId();
  return (
    <div className="field">
      <div className="spread">
        <span id={id} className="field-label">
          {label}
        </span>
        <output className="muted tabular small">{show(value)}</output>
      </div>
      <RadixSlider.Root
        className="slider"
        {...range}
        value={[value]}
        disabled={disabled ?? false}
        onValueChange={([next]) => next !== undefined && onValue(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      >
        <RadixSlider.Track className="slider-track">
          <RadixSlider.Range className="slider-range" />
        </RadixSlider.Track>
        <RadixSlider.Thumb
          className="slider-thumb"
          aria-labelledby={id}
          aria-valuetext={show(value)}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
      </RadixSlider.Root>
      {hint ? (
        <p id={`${id}-hint`} className="field-note">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

type Option<V extends string> = { value: V; label: string; icon?: ReactNode };
type SegmentsProps<V extends string> = { label: string; value: V; options: readonly Option<V>[]; onValue: (value: V) => void };

/** One of a few, all in sight. */
export function Segments<V extends string>({ label, value, options, onValue }: SegmentsProps<V>) {
  return (
    <ToggleGroup.Root
      type="single"
      className="segments"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onValue(next as V)}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className="segment">
          {option.icon}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

type TabsProps<V extends string> = {
  label: string;
  value: V;
  /** `count`: how much waits there, with its words for assistive technology; shown when there is any. */
  tabs: readonly (Option<V> & { content: ReactNode; count?: { value: number; label: string } | undefined })[];
  onValue: (value: V) => void;
};

/** Several views of one place, one in sight. */
export function Tabs<V extends string>({ label, value, tabs, onValue }: TabsProps<V>) {
  return (
    <RadixTabs.Root className="tabs" value={value} onValueChange={(next) => onValue(next as V)}>
      <RadixTabs.List className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger key={tab.value} value={tab.value} className="tab">
            {tab.icon}
            {tab.label}
            {tab.count ? <Count {...tab.count} /> : null}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.value} value={tab.value} className="tab-content">
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
