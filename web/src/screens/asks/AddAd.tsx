import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AddedAd, addAd, type NewAd } from '../../lib/api.gen';
import { count } from '../../lib/format';
import { navigate } from '../../lib/router';
import { Failed, Note } from '../../ui/states';
import { say } from '../../ui/toast';

const MOST_BYTES = 4_000_000;
const SAID: Record<AddedAd['became'], string> = {
  stored: 'The ad is taken in.',
  changed: 'The ad was known; this is a new capture of it.',
  repeated: 'The ad was known with just this text; it counts as seen again.',
  set_aside: 'The ad could not be taken in.',
};
const EMPTY = {
  body: '',
  title: '',
  url: '',
  site: '',
  city: '',
  region: '',
  country: '',
  posted: '',
  seen: '',
  basis: '',
  source: '',
};
type Form = typeof EMPTY;

/** What the form sends. A local time is sent with its zone; a day alone stays a day. */
export const toSend = (form: Form, html: string): NewAd => {
  const { posted, seen, ...rest } = form;
  const time = (value: string) => (value ? new Date(value).toISOString() : null);
  return { ...rest, html, body: html ? '' : form.body, posted_at: time(posted), seen_at: time(seen) };
};

const LINES: [keyof Form, string, string, string][] = [
  ['url', 'Address of the ad', 'text', 'kept as text; nothing is opened'],
  ['site', 'Site', 'text', ''],
  ['posted', 'Posted', 'datetime-local', 'your local time'],
  ['seen', 'Seen', 'datetime-local', 'your local time'],
  ['city', 'City', 'text', ''],
  ['region', 'State or region', 'text', ''],
  ['country', 'Country', 'text', 'two letters'],
  ['source', 'Source', 'text', 'empty, unless you were told one'],
  ['basis', 'Legal basis', 'text', 'empty: that of the source'],
];

/** Take one ad in by hand: paste its text, or choose a saved page. */
export const AddAd = () => {
  const client = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const [page, setPage] = useState<{ name: string; html: string } | null>(null);
  const [fileError, setFileError] = useState('');
  const send = useMutation({
    mutationFn: () => addAd(toSend(form, page?.html ?? '')),
    onSuccess: (made) => {
      if (!made.ad) return;
      say(SAID[made.became]);
      void client.invalidateQueries();
      navigate(`/ad/${made.ad}`);
    },
  });
  const set = (name: keyof Form) => (e: { target: { value: string } }) =>
    setForm({ ...form, [name]: e.target.value });
  const read = (file: File | undefined) => {
    setFileError('');
    if (!file) return;
    if (file.size > MOST_BYTES) {
      setFileError(`A saved page holds up to ${count(MOST_BYTES / 1_000_000)} MB.`);
      return;
    }
    file.text().then(
      (html) => setPage({ name: file.name, html }),
      () => setFileError('The file could not be read as text.'),
    );
  };
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  const ready = page !== null || form.body.trim() !== '' || form.title.trim() !== '';
  return (
    <div className="ask-page">
      <h1>Add an ad</h1>
      <p className="meta lead-in">
        For an ad that came by a call, a complaint or another unit. It is read and searched at once, marked as
        supplied by you and not witnessed; links and leads follow at the next refresh.
      </p>
      <form className="form" onSubmit={submit}>
        {page ? (
          <p className="note">
            <span>
              Saved page <b>{page.name}</b>, {count(page.html.length)} characters. It is read as text: nothing
              in it runs, nothing is fetched.{' '}
              <button type="button" className="plain" onClick={() => setPage(null)}>
                Take it away
              </button>
            </span>
          </p>
        ) : (
          <>
            <label>
              Title <span className="hint">if it has one</span>
              <input type="text" value={form.title} maxLength={400} onChange={set('title')} />
            </label>
            <label>
              Text of the ad
              <textarea rows={9} value={form.body} onChange={set('body')} />
            </label>
          </>
        )}
        <div className="row">
          <label className="button file">
            Choose a saved page
            <input
              type="file"
              accept=".html,.htm,.xhtml,text/html"
              onChange={(e) => read(e.target.files?.[0])}
            />
          </label>
        </div>
        {fileError && <Note tone="warn">{fileError}</Note>}
        <div className="form-grid">
          {LINES.map(([name, label, type, hint]) => (
            <label key={name}>
              {label} {hint && <span className="hint">{hint}</span>}
              <input
                type={type}
                value={form[name]}
                maxLength={name === 'url' ? 2000 : 200}
                autoComplete="off"
                onChange={set(name)}
              />
            </label>
          ))}
        </div>
        <p className="row">
          <button type="submit" className="button main" disabled={!ready || send.isPending}>
            {send.isPending ? 'Taking it in …' : 'Take the ad in'}
          </button>
        </p>
      </form>
      {send.isError && (
        <Failed error={send.error} what="The ad was not taken in" retry={() => send.mutate()} />
      )}
      {send.data && !send.data.ad && (
        <Note tone="warn">
          {SAID.set_aside} {send.data.reasons.join('; ')}
        </Note>
      )}
    </div>
  );
};
