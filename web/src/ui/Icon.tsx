import { createElement } from 'react';
import { ICONS, type IconName } from '../lib/icons';

/** A line icon. It never stands alone: the word is beside it, or in the control's name. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    className="icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={2}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {ICONS[name].map(([tag, props], i) => createElement(tag, { ...props, key: i }))}
  </svg>
);
