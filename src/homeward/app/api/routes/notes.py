"""Notes on a dossier: private to the case in which they are written."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.notes import NoteList, NoteRequest, NoteRow
from homeward.app.api.shapes.people import Nothing
from homeward.desk import notes as desk

router = APIRouter(tags=["notes"])
NOTES = "/identities/{identity}/notes"


@router.get(NOTES, operation_id="list_notes", response_model=NoteList)
def list_notes(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return the notes on a dossier that one may read, newest first."""
    return desk.listing(actor, house, identity)


@router.post(NOTES, operation_id="write_note", response_model=NoteRow)
def write_note(house: TheHouse, actor: TheActor, identity: Key, request: NoteRequest) -> Any:
    """Write a note on a dossier, for those of the case that one stated."""
    return desk.write(actor, house, identity, request.text)


@router.post(NOTES + "/{note}", operation_id="change_note", response_model=NoteRow)
def change_note(house: TheHouse, actor: TheActor, identity: Key, note: Key, request: NoteRequest) -> Any:
    """Let one's own note say something else from now on."""
    return desk.change(actor, house, identity, note, request.text)


@router.post(NOTES + "/{note}/take-back", operation_id="take_note_back", response_model=NoteRow)
def take_note_back(house: TheHouse, actor: TheActor, identity: Key, note: Key, request: Nothing) -> Any:
    """Take one's own note back; its history stays."""
    return desk.take_back(actor, house, identity, note)


@router.post(NOTES + "/{note}/restore", operation_id="restore_note", response_model=NoteRow)
def restore_note(house: TheHouse, actor: TheActor, identity: Key, note: Key, request: Nothing) -> Any:
    """Bring one's own note back as it was before."""
    return desk.restore(actor, house, identity, note)
