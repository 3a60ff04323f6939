import type { ReactNode } from 'react';
import type { Shape } from '../../contract/remedy.ts';
import css from './state-badge.module.css';

const circle = <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />;

/** Drawn as SVG, because fonts render these characters in different sizes and positions, or not at all. */
const DRAWN: Readonly<Record<Shape, ReactNode>> = {
  '●': <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  '○': circle,
  '◐': (
    <>
      {circle}
      <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
    </>
  ),
  '◔': (
    <>
      {circle}
      <path d="M6 6V1.75A4.25 4.25 0 0 1 10.25 6z" fill="currentColor" />
    </>
  ),
  '◌': (
    <circle
      cx="6"
      cy="6"
      r="4.25"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="1.9 1.44"
    />
  ),
  '▲': (
    <path
      d="M6 1.9 10.6 10H1.4z"
      fill="currentColor"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeLinejoin="round"
    />
  ),
  '△': (
    <path
      d="M6 2.2 10.4 10H1.6z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  '‖': <path d="M4 2.25v7.5M8 2.25v7.5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
};

/** The shape of a state. `label`: its accessible name if there is no text beside it. */
export function StateShape({ shape, label }: { shape: Shape; label?: string }) {
  return (
    <svg
      className={css['shape']}
      viewBox="0 0 12 12"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {DRAWN[shape]}
    </svg>
  );
}
