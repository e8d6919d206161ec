import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Icon } from './Icon';

interface Props {
  title: string;
  onClose: () => void;
  keys?: boolean; // single keys work inside, as the dialog's own registry layer
  wide?: boolean;
  children: ReactNode;
}

/** A native modal dialog: the browser keeps the focus inside and gives it back. */
export const Dialog = ({ title, onClose, keys, wide, children }: Props) => {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the page is laid out: only a dialog that still stands in it gives the focus back when it closes.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The first field, where one chooses or types; else the dialog, not its close button: Enter would close.
    const field = dialog?.querySelector<HTMLElement>('input[type="radio"], input[type="text"], textarea');
    (field ?? dialog)?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      className={wide ? 'wide' : ''}
      data-keys={keys ? '' : undefined}
      aria-label={title}
      onClose={onClose}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label="Close">
          <Icon name="dismiss" />
        </button>
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
};
