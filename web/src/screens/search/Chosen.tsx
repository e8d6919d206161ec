import type { Facet, FacetFilter } from '../../lib/api.gen';
import { called, iconOf, tintOf } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';

interface Props {
  facets: Facet[];
  filters: FacetFilter[];
  onChange: (filters: FacetFilter[]) => void;
}

/** The filters in force, as a sentence of chips: "Site a or b", "City without c"; each can be dropped. */
export const Chosen = ({ facets, filters, onChange }: Props) => {
  if (filters.length === 0) return null;
  const names = [...new Set(filters.map((f) => f.facet))];
  return (
    <div className="read-as">
      <span className="hint">Filtered by</span>
      {names.map((name) => {
        const facet = facets.find((f) => f.name === name);
        const own = filters.filter((f) => f.facet === name);
        const kept = own.filter((f) => !f.exclude).length;
        return [...own]
          .sort((a, b) => Number(a.exclude ?? false) - Number(b.exclude ?? false))
          .map((f, i) => {
            const known = facet?.values.find((v) => v.value.toLowerCase() === f.value.toLowerCase());
            const label = called(name, known?.label ?? f.value);
            return (
              <span key={`${name} ${f.value}`} className="chosen">
                {i > 0 && i < kept && <span className="hint">or</span>}
                <span className={`query-chip t-${tintOf(name)}${f.exclude ? ' out' : ''}`}>
                  <Icon name={name === 'has' ? 'filter' : iconOf(name)} size={13} />
                  {f.exclude && <span className="hint">without </span>}
                  <span className="sr">{facet?.label ?? name}: </span>
                  <b>{label}</b>
                  <button
                    type="button"
                    aria-label={`Drop the filter ${label}`}
                    title="Drop this filter"
                    onClick={() => onChange(filters.filter((one) => one !== f))}
                  >
                    <Icon name="dismiss" size={12} />
                  </button>
                </span>
              </span>
            );
          });
      })}
    </div>
  );
};
