import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { unread } from '../../lib/again';
import { getArea, type MyArea, type MyDay, putArea } from '../../lib/api.gen';
import { ApiError } from '../../lib/call';
import { count, many, plainDay } from '../../lib/format';
import { navigate, withParams } from '../../lib/router';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Failed, Loading } from '../../ui/states';
import { say } from '../../ui/toast';

const everything = () => navigate(withParams({ view: 'all', lead: null }));

/** What the queue shows of all that wait, and the way to the rest. */
export const DayBar = ({ day, onChange }: { day: MyDay | null; onChange: () => void }) => {
  if (!day)
    return (
      <div className="day-bar">
        <p className="short">All leads, wherever and whenever.</p>
        <button
          type="button"
          className="plain"
          onClick={() =>
            navigate(withParams({ view: null, place: null, venue: null, days: null, lead: null }))
          }
        >
          My area
        </button>
      </div>
    );
  return (
    <div className="day-bar">
      <p>
        <Icon name="place" size={13} /> <b>{day.places.length ? day.places.join(', ') : 'All places'}</b>,
        active since {plainDay(day.since)}: {count(day.today)} of {many(day.inside, 'lead')} today
        {day.done > 0 && `, ${count(day.done)} done`}.
      </p>
      <button type="button" className="plain" onClick={onChange}>
        {day.places.length ? 'Change' : 'Set my area'}
      </button>
      <button type="button" className="plain" onClick={everything}>
        All {count(day.all)} leads
      </button>
    </div>
  );
};

/** Why nothing is listed today, and what waits elsewhere. */
export const DayEmpty = ({ day, searched }: { day: MyDay; searched: string }) => (
  <>
    <p>
      {day.inside > 0
        ? `The day’s ${many(day.a_day, 'lead')} are done; ${count(day.inside)} more of your area wait.`
        : `No lead of ${day.places.length ? 'your area' : 'the workspace'} was active from ${plainDay(day.since)} to ${plainDay(day.until)}.`}{' '}
      {searched}
    </p>
    <p>
      <button type="button" className="button main" onClick={everything}>
        Show all {many(day.all, 'lead')}
      </button>
    </p>
  </>
);

const Form = ({ area, onClose }: { area: MyArea; onClose: () => void }) => {
  const client = useQueryClient();
  const [places, setPlaces] = useState(area.places.join('\n'));
  const [days, setDays] = useState(String(area.days));
  const [aDay, setADay] = useState(String(area.a_day));
  const [error, setError] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []); // it comes after the dialog, which had nothing to focus
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const body = {
      places: places
        .split('\n')
        .map((p) => p.trim())
        .filter(Boolean),
      days: Number(days),
      a_day: Number(aDay),
    };
    putArea(body, { 'if-match': `"${area.tag}"` }).then(
      () => {
        say('Your area is kept.');
        void client.invalidateQueries({ queryKey: ['leads'] });
        void client.invalidateQueries({ queryKey: ['area'] });
        onClose();
      },
      (failure) => {
        setError(failure);
        if (failure instanceof ApiError && failure.status === 412)
          void client.invalidateQueries({ queryKey: ['area'] });
      },
    );
  };
  return (
    <form className="form" onSubmit={submit}>
      <label>
        Places <span className="hint">one city, state or country a line; empty: everywhere</span>
        <textarea ref={field} rows={5} value={places} onChange={(e) => setPlaces(e.target.value)} />
      </label>
      <div className="form-grid">
        <label>
          Active in the last … days
          <input
            type="number"
            min={1}
            max={3650}
            required
            value={days}
            onChange={(e) => setDays(e.target.value)}
          />
        </label>
        <label>
          Leads a day
          <input
            type="number"
            min={1}
            max={500}
            required
            value={aDay}
            onChange={(e) => setADay(e.target.value)}
          />
        </label>
      </div>
      {error !== null && <Failed error={error} what="Your area was not kept" />}
      <p className="meta">
        Places are those that the ads are filed under or name. Leads outside the area are not gone: “All
        leads” shows them.
      </p>
      <p className="row">
        <button type="submit" className="button main">
          Keep
        </button>
      </p>
    </form>
  );
};

export const AreaDialog = ({ onClose }: { onClose: () => void }) => {
  // Nothing is kept from the last time: a form of old values would be replaced while one types into it.
  const area = useQuery({
    queryKey: ['area'],
    queryFn: ({ signal }) => getArea(signal),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog title="My area" onClose={onClose}>
      {area.isPending && <Loading what="Loading your area" />}
      {unread(area) && (
        <Failed error={area.error} what="Your area could not be read" retry={() => area.refetch()} />
      )}
      {area.data && <Form key={area.data.tag} area={area.data} onClose={onClose} />}
    </Dialog>
  );
};
