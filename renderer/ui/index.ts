/** The kit every screen is built from. */
export { BackLink } from './BackLink.tsx';
export { Button, IconButton, join } from './Button.tsx';
export { Segments, Slider, Switch, Tabs } from './Choices.tsx';
export { CopyButton } from './CopyButton.tsx';
export { ConfirmDialog, Dialog } from './Dialog.tsx';
export { Field, Select, TextArea, TextInput, type ControlProps } from './Field.tsx';
export { Kbd } from './Kbd.tsx';
export { Loaded } from './Loaded.tsx';
export { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from './Menu.tsx';
export { attempt, notify, notifyFailure } from './notices.ts';
export { NumberField } from './NumberField.tsx';
export { Radios } from './Radios.tsx';
export { Card, Facts, Screen, Section } from './Screen.tsx';
export { SearchBox } from './SearchBox.tsx';
export { Sheet } from './Sheet.tsx';
export { Badge, Callout, Count, EmptyState, ErrorState, Progress, Skeleton } from './States.tsx';
export { Tooltip, TooltipProvider } from './Tooltip.tsx';
export { VirtualList } from './VirtualList.tsx';
