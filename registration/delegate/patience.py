"""The views of delegates' pages whose forms may stay open for days (`web.patience`)."""

from registration.delegate import blueprint
from registration.web.patience import has_expired, leave_tokens_to_views

__all__ = ["has_expired", "keeps_typing"]

keeps_typing = leave_tokens_to_views(blueprint)
