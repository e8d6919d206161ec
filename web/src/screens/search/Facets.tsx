import type { MouseEvent } from 'react';
import type { Facet, FacetFilter, FacetValue } from '../../lib/api.gen';
import { count } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { Scroll } from '../../ui/Scroll';

interface Props {
  facets: Facet[];
  filters: FacetFilter[];
  onChange: (filters: FacetFilter[]) => void;
}

const sameValue = (f: FacetFilter, facet: string, value: string) => f.facet === facet && f.value === value;

/** Chosen values stay listed even where nothing is left of them, so that they can be taken back. */
const listed = (facet: Facet, filters: FacetFilter[]): FacetValue[] => {
  const gone = filters.filter(
    (f) => f.facet === facet.name && !facet.values.some((v) => v.value === f.value),
  );
  return [...facet.values, ...gone.map((f) => ({ value: f.value, label: f.value, count: 0 }))];
};

/** Facets with counts: press to keep only these, Shift-press or the second button to leave them out. */
export const Facets = ({ facets, filters, onChange }: Props) => {
  const toggle = (facet: string, value: string, exclude: boolean) => {
    const now = filters.find((f) => sameValue(f, facet, value));
    const rest = filters.filter((f) => !sameValue(f, facet, value));
    onChange(now && (now.exclude ?? false) === exclude ? rest : [...rest, { facet, value, exclude }]);
  };
  return (
    <aside className="facets" aria-label="Filters">
      <Scroll label="Filters with counts" className="pane-scroll">
        <div className="line">
          <h2 className="big">Filters</h2>
          {filters.length > 0 && (
            <button type="button" className="plain" onClick={() => onChange([])}>
              Clear
            </button>
          )}
        </div>
        {facets.map((facet) => (
          <fieldset key={facet.name}>
            <legend>{facet.label}</legend>
            {listed(facet, filters).map((v) => {
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
                    <span className="facet-label">{v.label}</span>
                    <span className="num">{count(v.count)}</span>
                  </label>
                  <button
                    type="button"
                    className="icon-button"
                    aria-pressed={out}
                    aria-label={`Leave out ${facet.label}: ${v.label}`}
                    title="Leave out (Shift-press)"
                    onClick={() => toggle(facet.name, v.value, true)}
                  >
                    <Icon name="exclude" size={13} />
                  </button>
                </div>
              );
            })}
            {facet.values.length === 0 && <p className="meta">none</p>}
            {facet.more > 0 && <p className="meta">{count(facet.more)} more; search for them by name</p>}
          </fieldset>
        ))}
      </Scroll>
    </aside>
  );
};
