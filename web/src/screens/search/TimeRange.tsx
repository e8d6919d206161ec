import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { Histogram } from '../../lib/api.gen';
import { count, DAY_MS, isoDay, plainDay } from '../../lib/format';
import { Canvas } from '../../ui/Canvas';
import { CountTable } from '../../ui/CountTable';
import { RangeSliders } from '../../ui/RangeSliders';
import { binAt, drawHistogram } from '../../viz/histogram';
import type { Colours } from '../../viz/theme';
import { Twin } from '../../ui/Twin';

interface Props {
  histogram: Histogram | null;
  first: string | null;
  last: string | null;
  onChange: (first: string | null, last: string | null) => void;
}

const SETTLE_MS = 250; // a range is asked for once the hand rests

/** Ads over time, with a range by two sliders or by dragging over the bars. */
export const TimeRange = ({ histogram, first, last, onChange }: Props) => {
  const bins = histogram?.bins ?? [];
  const top = bins.length - 1;
  const start = bins[0] ? Date.parse(`${bins[0].start}T00:00:00Z`) : 0;
  const step = histogram?.days ?? 1;
  const binOf = (iso: string | null, other: number) =>
    iso === null
      ? other
      : Math.min(top, Math.max(0, Math.floor((Date.parse(`${iso}T00:00:00Z`) - start) / (step * DAY_MS))));
  const [hand, setHand] = useState<[number, number] | null>(null); // while the hand moves
  const [from, to] = hand ?? [binOf(first, 0), binOf(last, top)];
  const brush = useRef<number | null>(null);
  const send = useRef(onChange);
  send.current = onChange;

  const firstDay = (bin: number) => isoDay(start + bin * step * DAY_MS);
  const lastDay = (bin: number) => isoDay(start + ((bin + 1) * step - 1) * DAY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sent once the hand rests, for these bins
  useEffect(() => {
    if (!hand) return;
    const timer = setTimeout(() => {
      if (brush.current !== null) return;
      send.current(hand[0] <= 0 ? null : firstDay(hand[0]), hand[1] >= top ? null : lastDay(hand[1]));
      setHand(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [hand]);

  const draw = useCallback(
    (ctx: CanvasRenderingContext2D, w: number, h: number, c: Colours) => {
      const counts = histogram?.bins.map((b) => b.count) ?? [];
      if (counts.length) drawHistogram(ctx, { start, step, counts }, from, to, w, h, c);
    },
    [histogram, start, step, from, to],
  );
  if (!histogram) return <div className="time-range none" />;
  if (bins.length === 0) return null;
  const at = (e: PointerEvent<HTMLDivElement>) => {
    const box = e.currentTarget.getBoundingClientRect();
    return binAt(e.clientX - box.x, box.width, bins.length);
  };
  const move = (e: PointerEvent<HTMLDivElement>) => {
    if (brush.current === null) return;
    const here = at(e);
    setHand([Math.min(brush.current, here), Math.max(brush.current, here)]);
  };
  const end = () => {
    brush.current = null;
    setHand((h) => h && [...h]);
  };
  const words = `${plainDay(firstDay(from))} to ${plainDay(lastDay(to))}`;
  return (
    <details className="time-range" open>
      <summary>
        Ads over time{' '}
        <span className="hint">
          {words}
          {histogram.undated > 0 && ` · ${count(histogram.undated)} without a date`}
        </span>
        {(first || last) && (
          <button
            type="button"
            className="plain"
            onClick={(e) => {
              e.preventDefault();
              onChange(null, null);
            }}
          >
            Whole period
          </button>
        )}
      </summary>
      <div
        className="brush"
        onPointerDown={(e) => {
          brush.current = at(e);
          e.currentTarget.setPointerCapture(e.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <Canvas
          className="histogram"
          draw={draw}
          label={`Ads over time, ${words}; the table below has the counts.`}
        />
      </div>
      <RangeSliders
        top={top}
        from={from}
        to={to}
        words={(n, end) => plainDay(end ? lastDay(n) : firstDay(n))}
        onChange={(a, b) => setHand([a, b])}
      />
      <Twin summary="Table of counts">
        {() => (
          <CountTable
            label="Ads over time"
            head="From"
            rows={bins.filter((b) => b.count > 0).map((b) => [plainDay(b.start), b.count] as const)}
          />
        )}
      </Twin>
    </details>
  );
};
