import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addKey, askNewKey, type KeyRow, removeKey } from '../../lib/api.gen';
import { canUseKeys, makeKey } from '../../lib/passkey';
import { Field, Said } from '../door/Page';
import { useProved } from '../door/Prove';

const added = async (label: string) => addKey({ label, key: await makeKey(await askNewKey({})) });

/** One's security keys: the second factor that no false page can ask for. */
export const Keys = ({ keys }: { keys: KeyRow[] }) => {
  const client = useQueryClient();
  const [label, setLabel] = useState('');
  const { run, dialog, error } = useProved<unknown>(() => {
    setLabel('');
    void client.invalidateQueries({ queryKey: ['account'] });
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    run.mutate(() => added(label.trim()));
  };
  return (
    <section>
      <h2 className="big">Security keys</h2>
      <p>The safest second factor: a key answers this page only, and no false one. Have two.</p>
      {keys.length > 0 && (
        <ul>
          {keys.map((key) => (
            <li key={key.id}>
              <b>{key.label}</b>, since {key.made_at.slice(0, 10)}
              {key.used_at ? `, last used ${key.used_at.slice(0, 10)}` : ', not used yet'}{' '}
              <button type="button" className="plain" onClick={() => run.mutate(() => removeKey(key.id, {}))}>
                Remove {key.label}
              </button>
            </li>
          ))}
        </ul>
      )}
      {canUseKeys() ? (
        <form onSubmit={submit} className="field-row">
          <Field label="Name of the new key" value={label} set={setLabel} most={60} />
          <button type="submit" className="button" disabled={run.isPending}>
            Add a security key
          </button>
        </form>
      ) : (
        <p className="meta">This browser knows no security keys.</p>
      )}
      <Said error={error} />
      {dialog}
    </section>
  );
};
