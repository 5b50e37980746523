"""python3 -m unittest train.test_model, from models/"""
import unittest
from unittest import mock

import torch
import torch.nn.functional as F

from . import fused
from .model import Llama, Shape


class FusedAndPlain(unittest.TestCase):
    def test_losses_and_gradients_agree(self):
        torch.manual_seed(0)
        model = Llama(Shape(vocab=64, width=64, layers=2, heads=2, key_value_heads=1, feed_forward=96, head_width=32))
        ids = torch.randint(0, 64, (3, 17))
        found = []
        for plain in (False, True):
            with mock.patch.object(fused, "usable", (lambda _: False) if plain else fused.usable):
                loss = F.cross_entropy(model(ids), ids.view(-1).roll(-1))
                loss.backward()
            found.append((loss.item(), {name: p.grad.clone() for name, p in model.named_parameters()}))
            model.zero_grad()
        self.assertAlmostEqual(found[0][0], found[1][0], delta=0.01)
        for name, gradient in found[0][1].items():
            self.assertGreater(F.cosine_similarity(gradient.flatten(), found[1][1][name].flatten(), 0), 0.995, name)

    def test_nothing_is_seen_before_it_comes(self):
        model = Llama(Shape(vocab=64, width=64, layers=2, heads=2, key_value_heads=1, feed_forward=96, head_width=32))
        ids = torch.randint(0, 64, (1, 12))
        other = ids.clone()
        other[0, 8:] = 1
        with torch.no_grad():
            self.assertTrue(torch.equal(model(ids)[:8], model(other)[:8]))


if __name__ == "__main__":
    unittest.main()
