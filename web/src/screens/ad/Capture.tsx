import type { AdPage } from '../../lib/api.gen';
import { count, many, moment } from '../../lib/format';
import { wordOf } from '../../lib/kinds';

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Where an ad came from, and its two clocks. */
export const Facts = ({ page }: { page: AdPage }) => {
  const { ad, facts } = page;
  return (
    <section>
      <h2>Capture</h2>
      <p className="meta">{facts.statement}</p>
      <dl className="facts-list">
        <Fact name="Posted">{moment(ad.posted_at, ad.zone_assumed)}</Fact>
        <Fact name="Seen">{moment(ad.seen_at, ad.zone_assumed)}</Fact>
        <Fact name="Taken in">{moment(facts.captured_at)}</Fact>
        <Fact name="Seen again">{many(page.sightings, 'time')}</Fact>
        <Fact name="Site">{ad.site || 'not given'}</Fact>
        <Fact name="Address">
          <span className="break">{page.url || 'not given'}</span>
        </Fact>
        <Fact name="Listed phones">{page.listed_phones.join(', ') || 'none'}</Fact>
        <Fact name="Listed e-mails">{page.listed_emails.join(', ') || 'none'}</Fact>
        <Fact name="Photos">{ad.photos ? `${count(ad.photos)}, not opened` : 'none'}</Fact>
        <Fact name="Text">{page.body_from ? `derived from ${page.body_from}` : 'as supplied'}</Fact>
        <Fact name="Supplier">{facts.supplier || 'not given'}</Fact>
        <Fact name="Legal basis">{facts.basis || <b className="missing">missing</b>}</Fact>
        <Fact name="Source">{facts.source || 'not registered'}</Fact>
        <Fact name="Impact assessment">{facts.dpia || 'none given'}</Fact>
        <Fact name="Revision">{facts.revision}</Fact>
        <Fact name="Capture">
          <code className="break">{facts.capture}</code>
        </Fact>
        <Fact name="SHA-256 of content">
          <code className="break">{facts.content_hash}</code>
        </Fact>
        <Fact name="SHA-256 of file">
          <code className="break">{facts.file_sha256}</code>, record {count(facts.position)}
        </Fact>
      </dl>
    </section>
  );
};

/** What another version of the readers or of the knowledge read in this capture, and none reads now. */
export const Superseded = ({ page }: { page: AdPage }) =>
  page.superseded.length === 0 ? null : (
    <section>
      <h2>
        Read before, and no longer <span className="hint">{page.superseded.length}</span>
      </h2>
      <ul>
        {page.superseded.map((m, i) => (
          <li key={i}>
            {wordOf(m.kind)} <bdi>{m.label}</bdi>, written <q dir="auto">{m.raw}</q>{' '}
            <small>
              read by {m.reader}, not since {m.ended_by}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );

/** Earlier captures of an ad, each with what changed after it. */
export const Earlier = ({ page }: { page: AdPage }) => (
  <section>
    <h2>
      Earlier captures <span className="hint">{page.earlier.length || 'none'}</span>
    </h2>
    {page.earlier.map((e) => (
      <details key={e.capture} className="twin">
        <summary>
          Revision {e.revision}, seen {moment(e.seen_at)}: what changed after it
        </summary>
        <p className="ad-text diff" dir="auto">
          {e.changes.map((c, i) =>
            c.op === 'added' ? (
              <ins key={i}>{c.text}</ins>
            ) : c.op === 'removed' ? (
              <del key={i}>{c.text}</del>
            ) : (
              <span key={i}>{c.text}</span>
            ),
          )}
        </p>
      </details>
    ))}
  </section>
);
