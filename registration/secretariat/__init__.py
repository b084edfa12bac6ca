"""The pages of the desks."""

from flask import Blueprint

blueprint = Blueprint("secretariat", __name__)
