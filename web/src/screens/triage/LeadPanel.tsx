import { lazy, memo, Suspense, useState } from 'react';
import type { LeadPage, Reason } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { isIdentifier } from '../../lib/kinds';
import { AdItem, Chip } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { Kbd, Photos } from '../../ui/pieces';
import { AdsDialog } from '../dossier/AdsDialog';
import { KIND } from '../urgent/pieces';
import { OutcomeNote } from '../outcomes/Note';
import { Reasons, Sources, sourcesOf } from './Reasons';

// A map is read after the words: what draws it is not waited for.
const Movement = lazy(() => import('../../ui/Movement').then((m) => ({ default: m.Movement })));
const CHIPS = 12; // values of one kind; the dossier has them all

/** Drawn anew only when another lead is shown. */
export const LeadPanel = memo(
  ({ page, stale, groupsNote }: { page: LeadPage; stale: boolean; groupsNote: string }) => {
    const { lead } = page;
    const identifiers = page.identifiers.filter((g) => isIdentifier(g.kind));
    const sources = sourcesOf(page);
    const [ads, setAds] = useState<Reason | null>(null);
    return (
      <div className={stale ? 'lead-panel greyed' : 'lead-panel'} aria-busy={stale}>
        <header className="lead-head">
          <div>
            <p className="lead-id">
              <code>{lead.id}</code> <span className="caution">{page.caution}</span>
              {lead.urgent && (
                <span className="flag danger">
                  <Icon name="priority" size={13} />
                  {KIND[lead.urgent.kind]}: restricted
                </span>
              )}
              {lead.decision?.decision === 'priority' && (
                <span className="flag danger">
                  <Icon name="priority" size={13} />
                  Priority review
                </span>
              )}
            </p>
            <h1>{lead.title}</h1>
            <p className="meta">
              Rank {count(lead.rank)}, {lead.word} to look at ({lead.checked}) · {many(lead.ads, 'ad')} from{' '}
              {range(lead.first_seen, lead.last_seen)} · {many(lead.names, 'name')} ·{' '}
              {many(lead.phones, 'phone')} ·{' '}
              {many(lead.families, 'independent family', 'independent families')} of reasons
              {lead.venue_type && lead.venue_type !== 'unknown' && <> · {lead.venue_type}</>}
            </p>
          </div>
          <Link to={`/identity/${lead.identity}`} className="button">
            Open dossier <Kbd k="↵" />
          </Link>
        </header>
        {lead.urgent && (
          <p className="note warn">
            <Icon name="priority" />
            <span>
              Marked by {lead.urgent.by}; seen by them and the duty officer only.{' '}
              {lead.urgent.acknowledged_by
                ? `Acknowledged by ${lead.urgent.acknowledged_by}.`
                : 'Not acknowledged yet.'}{' '}
              <Link to="/urgent">Clock and contact sheet</Link>
            </span>
          </p>
        )}
        {lead.decision && (
          <p className="note">
            <Icon name="info" />
            <span>
              {lead.decision.by} decided: <b>{lead.decision.decision}</b>
              {lead.decision.reason && `, ${lead.decision.reason.replaceAll('-', ' ')}`}
              {lead.decision.until && ` until ${lead.decision.until}`}. {lead.decision.note}
            </span>
          </p>
        )}
        {page.outcome && <OutcomeNote outcome={page.outcome} />}
        <div className="lead-columns">
          <div>
            <Reasons
              title="Why it is ranked here"
              hint={`rank ${count(lead.rank)}`}
              list={page.reasons}
              sources={sources}
              none="No indicator counts for it."
              onAds={setAds}
            />
            <Reasons
              title="What speaks against it"
              hint=""
              list={page.against}
              sources={sources}
              none="No indicator found speaks against it. That is not a sign that it is right."
              onAds={setAds}
            />
            {page.shown.length > 0 && (
              <Reasons
                title="Shown, not scored"
                hint="told because it helps to look; counts for nothing"
                list={page.shown}
                sources={sources}
                none=""
                onAds={setAds}
              />
            )}
            <Sources list={sources} />
            {page.typical && (
              <section className="typical">
                <h2>
                  Typical ad{' '}
                  {page.wording && (
                    <span className="hint">
                      wording shared by {count(page.wording.ads)} of {count(lead.ads)}
                      {page.wording.elsewhere > 0 &&
                        `, and by ${many(page.wording.elsewhere, 'ad')} elsewhere`}
                    </span>
                  )}
                </h2>
                <AdItem ad={page.typical} />
              </section>
            )}
          </div>
          <div>
            <section>
              <h2>
                Movement{' '}
                <span className="hint">
                  {many(page.places.length, 'city', 'cities')}, {many(page.stays.length, 'stay')}; not scored
                </span>
              </h2>
              <Suspense fallback={<div className="map-box" />}>
                <Movement places={page.places} stays={page.stays} note={page.places_note} />
              </Suspense>
            </section>
            <section>
              <h2>Identifiers</h2>
              {identifiers.length === 0 && (
                <p className="meta">The ads give no contact and no name that was read.</p>
              )}
              <div className="chips">
                {identifiers.flatMap((g) =>
                  g.values
                    .slice(0, CHIPS)
                    .map((v) => (
                      <Chip key={`${v.kind}:${v.value}`} kind={v.kind} label={v.label} common={v.common} />
                    )),
                )}
              </div>
              {identifiers.some((g) => g.total > CHIPS) && (
                <p className="meta">
                  The {CHIPS} most used of each kind; the{' '}
                  <Link to={`/identity/${lead.identity}`}>dossier</Link> lists the rest.
                </p>
              )}
              {page.identifiers
                .filter((g) => g.note)
                .map((g) => (
                  <p key={g.kind} className="meta">
                    {g.note}
                  </p>
                ))}
            </section>
            <section>
              <h2>
                Photos <span className="hint">facts only</span>
              </h2>
              <Photos photos={page.photos} />
            </section>
            <p className="meta">{groupsNote}</p>
          </div>
        </div>
        {ads && (
          <AdsDialog
            identity={lead.identity}
            title={ads.sentence}
            ids={ads.ads}
            total={ads.ads_count}
            onClose={() => setAds(null)}
          />
        )}
      </div>
    );
  },
);
