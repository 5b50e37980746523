import { Fragment } from 'react';
import type { Piece } from './highlight.ts';

/** A text with what matched marked. */
export function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, marked }, index) => (
    // Pieces have no identity but their place, and never move.
    <Fragment key={index}>{marked ? <mark>{text}</mark> : text}</Fragment>
  ));
}
