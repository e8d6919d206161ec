import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { endSource, listSources, registerSource, type SourceRequest } from '../../lib/api.gen';
import { day } from '../../lib/format';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading } from '../../ui/states';
import { Field, Said } from '../door/Page';
import { ReasonDialog } from './ReasonDialog';

const KINDS: SourceRequest['kind'][] = ['site', 'feed', 'file', 'hand'];

/** Where ads may come from: each with its legal basis and the reference of its impact assessment. */
export const Sources = ({ may }: { may: boolean }) => {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => listSources(signal) });
  const [name, setName] = useState('');
  const [kind, setKind] = useState<SourceRequest['kind']>('site');
  const [basis, setBasis] = useState('');
  const [dpia, setDpia] = useState('');
  const [ending, setEnding] = useState('');
  const keep = useMutation({
    mutationFn: () => registerSource({ name, kind, basis, dpia }),
    onSuccess: () => {
      for (const set of [setName, setBasis, setDpia]) set('');
      return client.invalidateQueries({ queryKey: ['sources'] });
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    keep.mutate();
  };
  if (unread(list)) return <Failed error={list.error} what="The sources could not be read" />;
  if (!list.data) return <Loading lines={3} />;
  return (
    <section>
      <h2 className="big">Sources</h2>
      <p className="meta">Nothing is taken in from a source that does not stand here.</p>
      <Scroll label="Sources">
        <table className="stacks">
          <Heads of={['Source', 'Kind', 'Legal basis', 'Impact assessment', 'Since', 'Ended']} />
          <tbody>
            {list.data.sources.map((s) => (
              <tr key={`${s.name} ${s.at}`}>
                <th scope="row">{s.name}</th>
                <td data-head="Kind">{s.kind}</td>
                <td data-head="Legal basis" className="break">
                  {s.basis}
                </td>
                <td data-head="Impact assessment" className="break">
                  {s.dpia}
                </td>
                <td data-head="Since" className="nowrap">
                  {day(s.at)}
                </td>
                <td data-head={s.ended_at ? 'Ended' : undefined}>
                  {s.ended_at
                    ? `${day(s.ended_at)}: ${s.ended_why}`
                    : may && (
                        <button type="button" className="plain" onClick={() => setEnding(s.name)}>
                          End<span className="sr"> {s.name}</span>
                        </button>
                      )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {may && (
        <form onSubmit={submit} className="field-row">
          <Field label="Name" value={name} set={setName} most={64} hint="small letters, digits, . _ -" />
          <label className="door-field">
            <span>Kind</span>
            <select value={kind} onChange={(e) => setKind(e.target.value as SourceRequest['kind'])}>
              {KINDS.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <Field label="Legal basis" value={basis} set={setBasis} most={1000} />
          <Field label="Impact assessment (DPIA)" value={dpia} set={setDpia} most={1000} />
          <button type="submit" className="button main" disabled={keep.isPending}>
            Register
          </button>
        </form>
      )}
      <Said error={keep.error} />
      {ending && (
        <ReasonDialog
          title={`End the source ${ending}`}
          word="End"
          act={(why) => endSource(ending, { why }).then(() => 'Ended: nothing more is taken in from it.')}
          onClose={() => setEnding('')}
        >
          <p>What came from it stays, and says so.</p>
        </ReasonDialog>
      )}
    </section>
  );
};
