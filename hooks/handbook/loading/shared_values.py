"""Fields that stand for a shared value take from it what they do not say themselves."""

from __future__ import annotations

from handbook.model.form import Form, FormField, SharedValue, SharedValues

_TAKEN = ("label", "type", "options", "rule", "example")


def with_shared(form: Form, values: SharedValues) -> Form:
    """Give the form with its shared fields completed; an unknown name is left for the rules to report."""
    known = {value.id: value for value in values.values}
    if not any(field.shared in known for field in form.fields):
        return form
    fields = tuple(_completed(field, known[field.shared]) if field.shared in known else field for field in form.fields)
    return form.model_copy(update={"fields": fields})


def _completed(field: FormField, value: SharedValue) -> FormField:
    taken = {name: getattr(value, name) for name in _TAKEN if name not in field.model_fields_set}
    return field.model_copy(update=taken)
