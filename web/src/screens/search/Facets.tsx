import { type MouseEvent, useState } from 'react';
import type { Facet, FacetFilter, FacetValue } from '../../lib/api.gen';
import { count } from '../../lib/format';
import { called } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';
import { Scroll } from '../../ui/Scroll';

interface Props {
  facets: Facet[];
  filters: FacetFilter[];
  refused: boolean;
  onChange: (filters: FacetFilter[]) => void;
}

const AT_FIRST = 6;
const sameValue = (f: FacetFilter, facet: string, value: string) =>
  f.facet === facet && f.value.toLowerCase() === value.toLowerCase();

/** Chosen values stay listed even where no ad has them any more, so that they can be taken back. */
const listed = (facet: Facet, filters: FacetFilter[]): FacetValue[] => {
  const gone = filters.filter(
    (f) => f.facet === facet.name && !facet.values.some((v) => sameValue(f, facet.name, v.value)),
  );
  return [...facet.values, ...gone.map((f) => ({ value: f.value, label: f.value, count: 0 }))];
};

/** The values of a facet of which one must be there. */
export const keptOf = (filters: FacetFilter[], facet: string): FacetFilter[] =>
  filters.filter((f) => f.facet === facet && !f.exclude);

/** What is listed: chosen values always, of the others the first few until more are asked for. */
const shownOf = (facet: Facet, filters: FacetFilter[], all: boolean): FacetValue[] =>
  listed(facet, filters).filter(
    (v, i) => all || i < AT_FIRST || filters.some((f) => sameValue(f, facet.name, v.value)),
  );

/**
 * Facets with counts. Values that are ticked in one facet are alternatives; facets narrow each other. Each is
 * counted without its own choice. Shift-press or the second button leaves a value out.
 */
export const Facets = ({ facets, filters, refused, onChange }: Props) => {
  const [open, setOpen] = useState<string[]>([]);
  const [drawn, setDrawn] = useState(false); // in a narrow window, where the hits come first
  const shown = facets.filter((f) => listed(f, filters).length > 0);
  const toggle = (facet: string, value: string, exclude: boolean) => {
    const now = filters.find((f) => sameValue(f, facet, value));
    const rest = filters.filter((f) => !sameValue(f, facet, value));
    onChange(now && (now.exclude ?? false) === exclude ? rest : [...rest, { facet, value, exclude }]);
  };
  return (
    <aside className={drawn ? 'facets drawn' : 'facets'} aria-label="Filters">
      <button
        type="button"
        className="button facets-toggle"
        aria-expanded={drawn}
        onClick={() => setDrawn(!drawn)}
      >
        <Icon name="filter" size={15} /> Filters
        {filters.length > 0 && <span className="hint">{count(filters.length)} in force</span>}
      </button>
      <Scroll label="Filters with counts" className="pane-scroll">
        <div className="line">
          <h2 className="big">Filters</h2>
          {filters.length > 0 && (
            <button type="button" className="plain" onClick={() => onChange([])}>
              Clear
            </button>
          )}
        </div>
        {refused && <p className="meta">They come with what a search finds.</p>}
        {!refused && facets.length > 0 && shown.length === 0 && (
          <p className="meta">Nothing is left to filter.</p>
        )}
        {shown.map((facet) => (
          <fieldset key={facet.name}>
            <legend>
              {facet.label}
              {keptOf(filters, facet.name).length > 1 && <span className="hint"> any of these</span>}
            </legend>
            {shownOf(facet, filters, open.includes(facet.name)).map((v) => {
              const chosen = filters.find((f) => sameValue(f, facet.name, v.value));
              const out = chosen?.exclude === true;
              return (
                <div key={v.value} className={out ? 'facet out' : 'facet'}>
                  <label>
                    <input
                      type="checkbox"
                      checked={chosen !== undefined && !out}
                      onClick={(e: MouseEvent) => {
                        if (e.shiftKey) {
                          e.preventDefault();
                          toggle(facet.name, v.value, true);
                        }
                      }}
                      onChange={() => toggle(facet.name, v.value, false)}
                    />
                    <span className="facet-label" title={called(facet.name, v.label)}>
                      {called(facet.name, v.label)}
                    </span>
                    <span className="num">{count(v.count)}</span>
                  </label>
                  <button
                    type="button"
                    className="icon-button"
                    aria-pressed={out}
                    aria-label={`Leave out ${facet.label}: ${called(facet.name, v.label)}`}
                    title="Leave out (Shift-press)"
                    onClick={() => toggle(facet.name, v.value, true)}
                  >
                    <Icon name="exclude" size={13} />
                  </button>
                </div>
              );
            })}
            {facet.values.length > AT_FIRST && (
              <button
                type="button"
                className="plain"
                aria-expanded={open.includes(facet.name)}
                onClick={() =>
                  setOpen((was) =>
                    was.includes(facet.name) ? was.filter((n) => n !== facet.name) : [...was, facet.name],
                  )
                }
              >
                {open.includes(facet.name) ? 'Fewer' : 'More …'}
                <span className="sr"> of {facet.label}</span>
              </button>
            )}
            {facet.more > 0 && (open.includes(facet.name) || facet.values.length <= AT_FIRST) && (
              <p className="meta">{count(facet.more)} more; search for them by name</p>
            )}
          </fieldset>
        ))}
      </Scroll>
    </aside>
  );
};
