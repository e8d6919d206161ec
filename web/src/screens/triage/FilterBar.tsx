import { navigate, withParams } from '../../lib/router';
import { Icon } from '../../ui/Icon';

export interface Filters {
  place: string;
  venue: string;
  days: string;
}

/** Which leads the queue lists: a place, a time, a kind of venue, all kept in the address. */
export const FilterBar = ({
  filters,
  venues,
  mine,
}: {
  filters: Filters;
  venues: string[];
  mine: boolean;
}) => {
  const set = (key: string, value: string) =>
    navigate(withParams({ [key]: value || null, lead: null }), true);
  const on = [filters.place, filters.venue, filters.days && `last ${filters.days} days`].filter(Boolean);
  return (
    <details className="filter-bar">
      <summary>
        <Icon name="filters" size={15} />
        <span>{on.length ? on.join(' · ') : mine ? 'Filter all leads' : 'All places, all times'}</span>
      </summary>
      <div className="filter-fields">
        <label>
          City or region
          <input
            type="text"
            defaultValue={filters.place}
            key={filters.place}
            maxLength={120}
            onKeyDown={(e) => e.key === 'Enter' && set('place', e.currentTarget.value.trim())}
            onBlur={(e) =>
              e.currentTarget.value.trim() !== filters.place && set('place', e.currentTarget.value.trim())
            }
          />
        </label>
        <label>
          Active
          <select value={filters.days} onChange={(e) => set('days', e.target.value)}>
            <option value="">at any time</option>
            <option value="14">in the last 14 days</option>
            <option value="30">in the last 30 days</option>
            <option value="90">in the last 90 days</option>
          </select>
        </label>
        {venues.length > 0 && (
          <label>
            Kind of venue
            <select value={filters.venue} onChange={(e) => set('venue', e.target.value)}>
              <option value="">any</option>
              {venues.map((v) => (
                <option key={v}>{v}</option>
              ))}
            </select>
          </label>
        )}
      </div>
    </details>
  );
};
