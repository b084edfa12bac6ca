"""The pages of delegates and focal points."""

from flask import Blueprint

blueprint = Blueprint("delegate", __name__)
