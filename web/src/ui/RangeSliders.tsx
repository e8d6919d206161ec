interface Props {
  top: number; // the last step
  from: number;
  to: number;
  words: (n: number, end: boolean) => string; // a step, as a person says it
  onChange: (from: number, to: number) => void;
  least?: number; // steps that always lie between the two
  left?: number; // pixels
}

/** Two native sliders over one line, for what can also be dragged: from a step to a step. */
export const RangeSliders = ({ top, from, to, words, onChange, least = 0, left = 0 }: Props) => (
  <div className="sliders" style={{ marginLeft: left }}>
    <input
      type="range"
      aria-label="From"
      min={0}
      max={top}
      value={from}
      aria-valuetext={words(from, false)}
      onChange={(e) => onChange(Math.min(Number(e.target.value), to - least), to)}
    />
    <input
      type="range"
      aria-label="To"
      min={0}
      max={top}
      value={to}
      aria-valuetext={words(to, true)}
      onChange={(e) => onChange(from, Math.max(Number(e.target.value), from + least))}
    />
  </div>
);
